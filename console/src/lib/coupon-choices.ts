import { useQuery } from '@tanstack/react-query';
import { api } from './api';

export type CouponChoice = { id: string; name: string };

/** Coupons that a top-up or an exchange may give. */
export const useCouponChoices = (isOn = true) =>
  useQuery({
    queryKey: ['coupon-choices'],
    enabled: isOn,
    staleTime: 300_000,
    queryFn: async (): Promise<CouponChoice[]> => {
      const { items } = await api.console.couponTemplates({ query: { limit: 100 } });
      return items.filter((one) => one.status === 'ACTIVE').map((one) => ({ id: one.id, name: one.face.name }));
    },
  });
