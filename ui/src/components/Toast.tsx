import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useCallback, type ReactNode } from "react";
import { errorSentence } from "@/core/errors";
import { useText } from "@/core/text";
import type { WireError } from "@/core/types";
import { IconButton } from "./Button";
import "./Page.css";

interface ToastData {
  action?: { label: string; run: () => void };
}

/** Short messages above the page, one at a time, read aloud, never in the way. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={6000} limit={1}>
      {children}
      <Base.Portal>
        <Base.Viewport className="toasts">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function List() {
  const t = useText();
  const { toasts, close } = Base.useToastManager<ToastData>();
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className="toast" data-testid="toast">
      <div className="grow">
        <Base.Title className="toast-title" />
        <Base.Description className="toast-note" />
      </div>
      {toast.data?.action ? (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            toast.data?.action?.run();
            close(toast.id);
          }}
        >
          {toast.data.action.label}
        </button>
      ) : null}
      <Base.Close render={<IconButton label={t("close")}><X /></IconButton>} />
    </Base.Root>
  ));
}

export interface ToastOptions {
  note?: string;
  action?: { label: string; run: () => void };
}

export function useToast() {
  const t = useText();
  const { add } = Base.useToastManager<ToastData>();
  const say = useCallback(
    (title: string, options: ToastOptions = {}) => {
      add({
        title,
        ...(options.note ? { description: options.note } : {}),
        ...(options.action ? { data: { action: options.action }, timeout: 10_000 } : {}),
      });
    },
    [add],
  );
  const fail = useCallback(
    (error: WireError) => {
      add({ title: errorSentence(t, error), type: "error", priority: "high", timeout: 12_000 });
    },
    [add, t],
  );
  return { say, fail };
}
