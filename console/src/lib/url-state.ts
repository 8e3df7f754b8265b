import { useSearchParams } from 'react-router';

export type Filters<Name extends string> = { [K in Name]?: string };

/** Filters live in the address, so that a page can be bookmarked, sent to a colleague and found again with Back. */
export function useUrlFilters<Name extends string>(
  names: readonly Name[],
): [Filters<Name>, (change: Filters<Name>) => void] {
  const [params, setParams] = useSearchParams();
  const filters: Filters<Name> = {};
  for (const name of names) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  const change = (next: Filters<Name>) =>
    setParams(
      (old) => {
        const merged = new URLSearchParams(old);
        for (const [name, value] of Object.entries(next) as [string, string | undefined][]) {
          if (value) merged.set(name, value);
          else merged.delete(name);
        }
        return merged;
      },
      { replace: true },
    );
  return [filters, change];
}

/** One value in the address: what a page has open, or is about. Unlike with filters, Back brings the one before. */
export function useUrlValue(name: string): [value: string | null, set: (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = (value: string | null) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  return [params.get(name), set];
}
