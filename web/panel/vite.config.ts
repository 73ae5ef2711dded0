import { app } from "../build/app.ts";

export default app("panel");
