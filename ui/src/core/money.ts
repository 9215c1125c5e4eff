/** Amounts a person types. Money from the core is taken as it is. */
import type { Money } from "./types";

/** An exact decimal string with its currency; the core checks it again. */
export const typedMoney = (amount: string, currency: string): Money => ({ amount, currency }) as Money;
