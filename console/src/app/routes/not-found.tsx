import { Button } from 'antd';
import { Empty } from '../../ui/states';

export default function NotFound() {
  return (
    <div className="card">
      <Empty
        title="没有这个页面"
        hint="地址可能写错了，或者页面已经搬走。"
        action={<Button href="#/">回到今日</Button>}
      />
    </div>
  );
}
