import type { UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * Starts a mutation unless one is under way. A button is disabled only with the next drawing, and a fast double tap is
 * quicker than that.
 */
export function useOnce<V>(mutation: UseMutationResult<unknown, Error, V>): (variables: V) => void {
  const lock = useRef(false);
  return (variables) => {
    if (lock.current) return;
    lock.current = true;
    mutation.mutate(variables, {
      onSettled: () => {
        lock.current = false;
      },
    });
  };
}
