/** Where the core's links lead, and the icon of what they lead to. Only the application knows every area; pages ask through this. */
import { createContext, useContext, type ReactNode } from "react";
import type { Place } from "./area";
import type { Link } from "./types";

interface Places {
  placeOf: (link: Link) => Place;
  iconOf: (link: Link) => ReactNode;
}

const Context = createContext<Places>({ placeOf: () => ({ to: "/" }), iconOf: () => null });

export const PlacesProvider = Context.Provider;
export const usePlaceOf = (): Places["placeOf"] => useContext(Context).placeOf;
export const useIconOf = (): Places["iconOf"] => useContext(Context).iconOf;
