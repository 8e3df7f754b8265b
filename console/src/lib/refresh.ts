import { useQueryClient } from '@tanstack/react-query';

/** After a change of the malls their screens and the stores' lists are read again. */
export function useRefreshMall() {
  const client = useQueryClient();
  return async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      await Promise.all(
        [['mall'], ['stores'], ['listings'], ['products']].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    }
  };
}

/** After anything that moves or promises value, the figures are read again. */
export function useRefreshAssets() {
  const client = useQueryClient();
  return async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      const keys = [
        'asset-summary',
        'top-up-activities',
        'wallet-settings',
        'top-ups',
        'wallet-refunds',
        'adjustments',
      ];
      const more = ['points-rule', 'points-goods', 'points-exchanges', 'level-scheme', 'member'];
      await Promise.all([...keys, ...more].map((key) => client.invalidateQueries({ queryKey: [key] })));
    }
  };
}
