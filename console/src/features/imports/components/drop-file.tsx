import { ActionButton } from '../../../ui/action-button';
import { useImportActs } from '../api';

/** Forgets a file of which nothing has been written, for instance a wrong one. */
export function DropFile({ id, onDropped }: { id: string; onDropped: () => void }) {
  const acts = useImportActs(id);
  return (
    <ActionButton
      done="已放弃"
      run={async () => {
        await acts.drop();
        onDropped();
      }}
      confirm={{
        title: '放弃这个文件？',
        description: '还没有写入任何内容。要再导入的话，重新上传就行。',
        okText: '放弃',
      }}
      testId="import-drop"
    >
      放弃这个文件
    </ActionButton>
  );
}
