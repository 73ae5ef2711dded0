/** What the console says, in Persian. */
export const fa = {
  name: "میز پشتیبانی",
  soon: "میز کار کارشناسان در دست ساخت است.",
};

export type Texts = typeof fa;
