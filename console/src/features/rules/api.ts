import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../lib/api';
import type { RuleLeg } from '../../lib/types';

export interface RuleInput {
  name: string;
  legs: RuleLeg[];
}

export const useRules = () => useQuery({ queryKey: ['split-rules'], queryFn: () => api.console.splitRules() });

/** Asks the server for the worst case a moment after the last key press. */
export function useRuleCheck(input: RuleInput | null) {
  const [settled, setSettled] = useState<RuleInput | null>(null);
  const text = input === null ? '' : JSON.stringify(input);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text === '' ? null : (JSON.parse(text) as RuleInput)), 350);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ['rule-check', settled],
    queryFn: () => api.console.checkSplitRule({ body: settled as RuleInput }),
    enabled: settled !== null,
    staleTime: 0,
  });
  /** Only an answer about exactly what is on the screen counts. */
  const isCurrent = text !== '' && settled !== null && JSON.stringify(settled) === text;
  return {
    check: isCurrent ? query.data : undefined,
    error: isCurrent ? query.error : null,
    isCurrent,
    refetch: query.refetch,
  };
}

export function useCreateRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RuleInput) => api.console.createSplitRule({ body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['split-rules'] }),
  });
}

export function usePublishRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => api.console.publishSplitRule({ params: { version } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['split-rules'] }),
  });
}
