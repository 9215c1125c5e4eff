/** The only door to the wire types: switch the source here and nowhere else. */
export type * from "./wire";
