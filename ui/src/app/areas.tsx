import { Boxes, CircleDollarSign, Database, FileText, House, Import, Scale, Settings, Tags, Users } from "lucide-react";
import type { ReactNode } from "react";

export interface Area {
  key: string;
  path: "/" | "/vendors" | "/contracts" | "/economics" | "/prices" | "/reports" | "/data/reconciliation" | "/imports" | "/settings";
  /** Pressed after "g". */
  jump: string;
  icon: ReactNode;
  /** What is reached from here; the first is where the area opens. */
  pages?: Area[];
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
      {
        key: "data", path: "/data/reconciliation", jump: "d", icon: <Database />,
        pages: [
          { key: "reconciliation", path: "/data/reconciliation", jump: "d", icon: <Scale /> },
          { key: "imports", path: "/imports", jump: "i", icon: <Import /> },
        ],
      },
    ],
  },
  { key: null, areas: [{ key: "settings", path: "/settings", jump: "s", icon: <Settings /> }] },
];

/** Every page a key or the palette leads to. */
export const AREAS: Area[] = GROUPS.flatMap((group) => group.areas).flatMap((area) => area.pages ?? [area]);
