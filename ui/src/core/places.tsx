/** Where the core's links lead. Only the application knows every area; pages ask through this. */
import { createContext, useContext } from "react";
import type { Place } from "./area";
import type { Link } from "./types";

const Places = createContext<(link: Link) => Place>(() => ({ to: "/" }));

export const PlacesProvider = Places.Provider;
export const usePlaceOf = (): ((link: Link) => Place) => useContext(Places);
