import { Catalogue } from "../../shared/state/catalogue.svelte";
import { api } from "./api";

export const catalogue = new Catalogue(() => api.get("/form"));
