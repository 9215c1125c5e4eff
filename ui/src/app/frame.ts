/** What is only needed when it is opened: each in a file of its own. */
import { lazyPage } from "@/core/lazyPage";

export const CheatSheet = lazyPage(() => import("./CheatSheet").then((module) => module.CheatSheet));
export const NewWorkspaceDialog = lazyPage(() => import("@/features/workspace/NewWorkspaceDialog").then((module) => module.NewWorkspaceDialog));
export const OpenDialog = lazyPage(() => import("@/features/workspace/StartScreen").then((module) => module.OpenDialog));
export const Palette = lazyPage(() => import("./Palette").then((module) => module.Palette));
export const RecoveryScreen = lazyPage(() => import("@/features/workspace/RecoveryScreen").then((module) => module.RecoveryScreen));
export const StartScreen = lazyPage(() => import("@/features/workspace/StartScreen").then((module) => module.StartScreen));
