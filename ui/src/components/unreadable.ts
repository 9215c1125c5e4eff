import { createContext, useCallback, useContext, useEffect, useId, useState } from "react";

type Mark = (id: string, unreadable: boolean) => void;

const Unreadable = createContext<Mark>(() => undefined);

/** Around the fields of a form: tells it when one of them shows a text it cannot read. */
export const WithReadableFields = Unreadable.Provider;

/**
 * Whether some field of a form shows a text that is no value. What is sent then would be a value from before, which is on no
 * screen: a form sends nothing until it is mended.
 */
export function useReadableFields(): { unreadable: boolean; mark: Mark } {
  const [ids, setIds] = useState<readonly string[]>([]);
  const mark = useCallback<Mark>((id, unreadable) => {
    setIds((now) => (now.includes(id) === unreadable ? now : unreadable ? [...now, id] : now.filter((other) => other !== id)));
  }, []);
  return { unreadable: ids.length > 0, mark };
}

/** A field says whether its text can be read. */
export function useMarkUnreadable(unreadable: boolean): void {
  const mark = useContext(Unreadable);
  const id = useId();
  useEffect(() => {
    mark(id, unreadable);
    return () => mark(id, false);
  }, [mark, id, unreadable]);
}
