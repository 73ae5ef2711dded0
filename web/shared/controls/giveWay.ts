/** What must not be covered while somebody writes in it bears this attribute. */
const KEPT_CLEAR = "[data-keep-clear]";
const MARGIN = 32;

type Edge = "above" | "below";

/**
 * For what stands over the page at an edge of the window: where one writes just there, it goes to the other edge.
 * The element's `data-edge` says where; its style makes it so.
 */
export function giveWay(usual: Edge): (place: HTMLElement) => () => void {
  return (place) => {
    const settle = () => (place.dataset["edge"] = edgeFor(place, usual));
    const observer = new MutationObserver(settle);
    observer.observe(place, { childList: true, subtree: true });
    window.addEventListener("scroll", settle, { passive: true });
    window.addEventListener("resize", settle);
    settle();
    return () => {
      observer.disconnect();
      window.removeEventListener("scroll", settle);
      window.removeEventListener("resize", settle);
    };
  };
}

function edgeFor(place: HTMLElement, usual: Edge): Edge {
  const box = document.querySelector(KEPT_CLEAR)?.getBoundingClientRect();
  if (!box) return usual;
  const needed = place.offsetHeight + MARGIN;
  const room = { above: box.top, below: window.innerHeight - box.bottom };
  const other = usual === "above" ? "below" : "above";
  return room[usual] < needed && room[other] > room[usual] ? other : usual;
}
