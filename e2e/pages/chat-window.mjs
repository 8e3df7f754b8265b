// The guide's WeCom: the chat, the sidebar beside it, and the workbench.
export class ChatWindow {
  constructor(page, deskOrigin) {
    this.page = page;
    this.origin = deskOrigin;
    this.sidebar = new Pane(page.frameLocator('[data-testid="sidebar-frame"]'));
    this.workbench = new Pane(page.frameLocator('[data-testid="workbench-frame"]'));
  }

  at(id) {
    return this.page.getByTestId(id);
  }

  /** Takes the guide's seat and opens the chat with a customer. */
  async openChat(userid, personKey) {
    await this.page.goto(`${this.origin}/chat?as=${userid}`);
    await this.at(`contact-${personKey}`).click();
    await this.sidebar.at('contact-header').waitFor({ timeout: 20_000 });
  }

  async openWorkbench(userid, tab) {
    await this.page.goto(`${this.origin}/chat?as=${userid}&view=workbench`);
    await this.workbench.at(`nav-${tab}`).click({ timeout: 20_000 });
  }

  refreshSidebar() {
    return this.page.getByRole('button', { name: '刷新侧边栏' }).click();
  }

  lastCard() {
    return this.at('message').getByTestId('card').last();
  }
}

class Pane {
  constructor(frame) {
    this.frame = frame;
  }

  at(id) {
    return this.frame.getByTestId(id);
  }
}
