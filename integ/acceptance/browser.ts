/** As much of a browser as it takes to open a page by an address that signs one in, and to call what its scripts call. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** Opens an address, wherever it leads; says the origin of the page. */
  public async open(address: string): Promise<string> {
    let at = new URL(address);
    for (let hops = 0; hops < 6; hops++) {
      const answer = await fetch(at, { headers: this.headers, redirect: 'manual' });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (name) this.cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status >= 400 || location === null) return at.origin;
      at = new URL(location, at);
    }
    throw new Error('The address leads on and on.');
  }

  /** The HTTP status of a request of the page's scripts. */
  public async post(address: string, body: object): Promise<number> {
    const headers = { ...this.headers, 'content-type': 'application/json' };
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual' })).status;
  }

  private get headers(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
}
