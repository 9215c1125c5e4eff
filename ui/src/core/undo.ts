/** Undo and redo, the same from the keyboard, the palette and the activity page. */
import { errorSentence } from "./errors";
import { useMutate } from "./queries";
import { useText } from "./text";
import type { UndoRequest, WireError } from "./types";

interface Speaker {
  say(title: string, options?: { note?: string; action?: { label: string; run: () => void } }): void;
  fail(error: WireError): void;
}

/** Takes a change back and says so. One that cannot be taken back is named, and can be stepped over. */
export function useUndo(toast: Speaker): { undo: (request: UndoRequest | null) => void; redo: () => void; busy: boolean } {
  const t = useText();
  const { mutate, isPending } = useMutate("undo");
  const again = useMutate("redo");
  const undo = (request: UndoRequest | null): void =>
    mutate(request, {
      onSuccess: ({ undone, count }) => {
        toast.say(undone ? t("undone", { subject: undone.subject, action: undone.action, others: count - 1 }) : t("nothing-to-undo"));
      },
      onError: (error) => {
        const { entry, subject } = error.params;
        if (entry === undefined || request?.id) return toast.fail(error);
        toast.say(t("undo-blocked", { subject: subject ?? "" }), {
          note: errorSentence(t, error),
          action: { label: t("undo-past"), run: () => undo({ id: null, past: entry }) },
        });
      },
    });
  const redo = (): void =>
    again.mutate(null, {
      onSuccess: ({ redone, count }) => toast.say(redone ? t("redone", { subject: redone.subject, action: redone.action, others: count - 1 }) : t("nothing-to-redo")),
      onError: toast.fail,
    });
  return { undo, redo, busy: isPending || again.isPending };
}
