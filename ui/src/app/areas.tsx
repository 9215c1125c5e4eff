import { Boxes, CircleDollarSign, FileText, House, Import, Settings, Tags, Users } from "lucide-react";
import type { ReactNode } from "react";

export interface Area {
  key: string;
  path: "/" | "/vendors" | "/contracts" | "/economics" | "/prices" | "/reports" | "/imports" | "/settings";
  /** Pressed after "g". */
  jump: string;
  icon: ReactNode;
}

export interface AreaGroup {
  key: string | null;
  areas: Area[];
}

/** Only what exists. An area is added here when its first screen works. */
export const GROUPS: AreaGroup[] = [
  { key: null, areas: [{ key: "home", path: "/", jump: "h", icon: <House /> }] },
  {
    key: "vendors",
    areas: [
      { key: "vendors", path: "/vendors", jump: "v", icon: <Users /> },
      { key: "contracts", path: "/contracts", jump: "c", icon: <Boxes /> },
    ],
  },
  {
    key: "economics",
    areas: [
      { key: "economics", path: "/economics", jump: "e", icon: <CircleDollarSign /> },
      { key: "prices", path: "/prices", jump: "p", icon: <Tags /> },
    ],
  },
  {
    key: "library",
    areas: [
      { key: "reports", path: "/reports", jump: "r", icon: <FileText /> },
      { key: "imports", path: "/imports", jump: "i", icon: <Import /> },
    ],
  },
  { key: null, areas: [{ key: "settings", path: "/settings", jump: "s", icon: <Settings /> }] },
];

export const AREAS: Area[] = GROUPS.flatMap((group) => group.areas);
