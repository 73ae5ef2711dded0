import { api, type StaffChange, type StaffEntry } from "../api";

/** The directory, for administrators. */
export class Directory {
  items = $state.raw<readonly StaffEntry[] | null>(null);

  async load(): Promise<void> {
    this.items = (await api.get("/staff")).items;
  }

  async change(id: string, body: Partial<StaffChange>): Promise<void> {
    const changed = await api.patch("/staff/{staff_id}", { path: { staff_id: id }, body: { reset_second_factor: false, ...body } });
    this.items = this.items?.map((member) => (member.id === id ? changed : member)) ?? null;
  }
}
