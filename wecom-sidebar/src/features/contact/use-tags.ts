import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { ContactView, TagView } from '../../data/types';
import { snack, UNDO_MS } from '../../design/snackbar';
import { problemText } from '../../design/states';

/**
 * Tags of one contact. A removal is shown at once and sent when the undo has passed, because a tag given by a rule could
 * not be put back as what it was; leaving the page sends it without waiting.
 */
export function useTags(externalUserId: string, fromServer: TagView[]) {
  const client = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [isAdding, setAdding] = useState(false);
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const keep = useCallback(
    (tags: TagView[]) =>
      client.setQueryData<ContactView>(keys.contact(externalUserId), (old) => (old ? { ...old, tags } : old)),
    [client, externalUserId],
  );
  const show = useCallback((id: string) => setHidden((old) => new Set([...old].filter((one) => one !== id))), []);

  const commit = useCallback(
    async (tag: TagView) => {
      waiting.current.delete(tag.id);
      try {
        keep(await api.guide.removeTag({ params: { externalUserId, tagId: tag.id } }));
      } catch (error) {
        snack(`没能移除「${tag.name}」：${problemText(error)}`);
      } finally {
        show(tag.id);
      }
    },
    [externalUserId, keep, show],
  );
  const commits = useRef(new Map<string, () => void>());

  const remove = (tag: TagView) => {
    setHidden((old) => new Set([...old, tag.id]));
    const run = () => {
      clearTimeout(waiting.current.get(tag.id));
      commits.current.delete(tag.id);
      void commit(tag);
    };
    commits.current.set(tag.id, run);
    waiting.current.set(tag.id, setTimeout(run, UNDO_MS));
    snack(`已移除「${tag.name}」`, {
      text: '撤销',
      run: () => {
        clearTimeout(waiting.current.get(tag.id));
        commits.current.delete(tag.id);
        show(tag.id);
      },
    });
  };

  useEffect(() => {
    const pending = commits.current;
    const flush = () => {
      for (const run of [...pending.values()]) run();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);

  const add = async (tag: { id: string; name: string }, evidence: string): Promise<boolean> => {
    setAdding(true);
    try {
      const body = evidence ? { tagId: tag.id, evidence } : { tagId: tag.id };
      keep(await api.guide.addTag({ params: { externalUserId }, body }));
      snack(`已加上「${tag.name}」`, {
        text: '撤销',
        run: () => {
          void api.guide
            .removeTag({ params: { externalUserId, tagId: tag.id } })
            .then(keep)
            .catch((error: unknown) => snack(problemText(error)));
        },
      });
      return true;
    } catch (error) {
      snack(problemText(error));
      return false;
    } finally {
      setAdding(false);
    }
  };

  return { tags: fromServer.filter((tag) => !hidden.has(tag.id)), add, remove, isAdding };
}
