import { SearchOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";

/**
 * One hidden control of each kind that the forms of the counter are made of. antd takes the styles of a control out of the document with
 * its last instance: without this every swipe, which closes one form and opens another, has the browser drop and parse them again.
 */
export function KeepStyles() {
  return (
    <div hidden inert>
      <Button type="primary" icon={<SearchOutlined />} />
      <Input prefix="" />
      <Input.TextArea />
    </div>
  );
}
