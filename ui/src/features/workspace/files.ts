import type { FileKind } from "@/core/dialogs";

export const WORKSPACE_FILE: FileKind = { name: "Quarterdeck", extensions: ["quarterdeck", "qdk", "sqlite", "db"] };
