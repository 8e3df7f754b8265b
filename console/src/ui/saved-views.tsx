import { DeleteOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { recallJson, remember } from '../platform/storage';
import { usePopupFocus } from './popup-focus';

interface View {
  name: string;
  query: string;
}

/** Filters a person uses every day, kept under a name in this browser. */
export function SavedViews({ name }: { name: string }) {
  const memory = `views.${name}`;
  const [params, setParams] = useSearchParams();
  const [views, setViews] = useState<View[]>(() => recallJson(memory, []));
  const [title, setTitle] = useState('');
  const { afterOpenChange, inside } = usePopupFocus();
  const keep = (next: View[]) => {
    setViews(next);
    remember(memory, JSON.stringify(next));
  };
  const save = () => {
    const name = title.trim();
    if (!name) return;
    keep([...views.filter((view) => view.name !== name), { name, query: params.toString() }]);
    setTitle('');
  };
  const content = (
    <div className="stack tight" style={{ width: 240 }}>
      {views.length === 0 ? <span className="muted">还没有保存过。先筛选好，再起个名字保存。</span> : null}
      {views.map((view) => (
        <div key={view.name} className="between">
          <button type="button" className="link clip" onClick={() => setParams(new URLSearchParams(view.query))}>
            {view.name}
          </button>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`删除筛选 ${view.name}`}
            onClick={() => keep(views.filter((one) => one.name !== view.name))}
          />
        </div>
      ))}
      <div className="row">
        <Input
          size="small"
          maxLength={20}
          placeholder="给当前筛选起个名字"
          aria-label="给当前筛选起个名字"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          onPressEnter={save}
        />
        <Button size="small" type="primary" disabled={!title.trim()} onClick={save}>
          保存
        </Button>
      </div>
    </div>
  );
  return (
    <Popover
      content={inside(content)}
      afterOpenChange={afterOpenChange}
      trigger="click"
      placement="bottomRight"
      title="常用筛选"
    >
      <Button type="text" icon={<StarOutlined aria-hidden />} data-testid="saved-views">
        常用筛选
      </Button>
    </Popover>
  );
}
