import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Task } from '../../lib/types';

export const useTasks = () => usePages<Task>(['tasks'], (page) => api.console.tasks({ query: page }));

export const useTaskEffect = (id: string) =>
  useQuery({
    queryKey: ['task', id],
    queryFn: () => api.console.taskEffect({ params: { id } }),
    refetchInterval: 10_000,
  });

export type TaskInput = Parameters<typeof api.console.createTask>[0]['body'];

export function useCreateTask() {
  const client = useQueryClient();
  return async (body: TaskInput) => {
    const task = await api.console.createTask({ body });
    await client.invalidateQueries({ queryKey: ['tasks'] });
    return task;
  };
}

export function usePublishTask(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.console.publishTask({ params: { id } }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['tasks'] }),
        client.invalidateQueries({ queryKey: ['task', id] }),
      ]),
  });
}

/** Products to choose from, by name or code. */
export const useProductOptions = (q: string) =>
  useQuery({
    queryKey: ['product-options', q],
    queryFn: () => api.console.products({ query: { q: q || undefined, status: 'ON_SALE', limit: 20 } }),
    staleTime: 60_000,
    placeholderData: (old) => old,
  });
