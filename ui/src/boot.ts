/** The first file the window runs: asks for what the first picture shows, then reads the application itself. */
import { askFirst } from "./core/first";

askFirst();
void import("./main");
