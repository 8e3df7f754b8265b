import { createContext, useCallback, useContext, useEffect, useId, useState } from 'react';

type Report = (field: string, isUnreadable: boolean) => void;
const Reports = createContext<Report>(() => {});

export const UNREADABLE = '标红的地方没有看懂，改好再保存';

/** Wraps a form, so that it learns of fields in which something stands that cannot be read. */
export const UnreadableFields = Reports.Provider;

/**
 * Whether a form holds something that was typed and could not be read. Such a field counts as empty, and an empty limit
 * means "no limit": the form must not be saved while there is one. `report` goes to `UnreadableFields`.
 */
export function useUnreadable(): { hasUnreadable: boolean; report: Report } {
  const [fields, setFields] = useState<readonly string[]>([]);
  const report = useCallback<Report>((field, isUnreadable) => {
    setFields((old) => {
      if (old.includes(field) === isUnreadable) return old;
      return isUnreadable ? [...old, field] : old.filter((one) => one !== field);
    });
  }, []);
  return { hasUnreadable: fields.length > 0, report };
}

/** Tells the form around this field; a field that goes away takes its mistake along. */
export function useReportUnreadable(isUnreadable: boolean): void {
  const field = useId();
  const report = useContext(Reports);
  useEffect(() => {
    report(field, isUnreadable);
    return () => report(field, false);
  }, [field, isUnreadable, report]);
}
