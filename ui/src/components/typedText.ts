import { useLayoutEffect, useRef, useState, type RefObject } from "react";

interface TypedText {
  /** What is typed and not taken over yet; null while the field shows its value in the reader's form. */
  typed: string | null;
  setTyped: (text: string | null) => void;
  input: RefObject<HTMLInputElement | null>;
  /** The keyboard comes in: the plain form of the value stands there to be typed over, unless a text that was refused does. */
  begin: (plain: string) => void;
}

/** A value shown in one form ("1,200", "1 Mar 2026") and typed in another ("1200", "2026-03-01"). */
export function useTypedText(): TypedText {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const rewritten = useRef(false);
  useLayoutEffect(() => {
    // Another text in its place has lost the selection that came with Tab: what is typed next would be put behind it.
    if (rewritten.current) input.current?.select();
    rewritten.current = false;
  }, [typed]);
  const begin = (plain: string): void => {
    if (typed !== null) return;
    rewritten.current = input.current?.value !== plain;
    setTyped(plain);
  };
  return { typed, setTyped, input, begin };
}
