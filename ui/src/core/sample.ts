/** The way to the sample workspace, offered by the shell to empty screens; null where there is none. */
import { createContext, useContext } from "react";

export interface SampleOffer {
  building: boolean;
  explore: () => void;
}

const Context = createContext<SampleOffer | null>(null);

export const SampleProvider = Context;
export const useSample = (): SampleOffer | null => useContext(Context);
