import { clearLine, cursorTo } from 'readline';
import { colors } from '../colors';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Says where a step is. */
export type Tell = (line: string) => void;

/** Shows steps as they go: one moving line on a terminal, one line for each step elsewhere. */
export class Progress {
  private readonly moving = process.stdout.isTTY === true;

  /** Does a step, and shows what it took and what it returns as its outcome. */
  public async step<T extends string | { readonly outcome: string }>(title: string, work: (tell: Tell) => Promise<T>): Promise<T> {
    const began = Date.now();
    const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
    let saying = '';
    let frame = 0;
    const show = () => this.replace(`${colors.cyan(FRAMES[frame++ % FRAMES.length])} ${title} ${colors.dim(`${seconds()} ${saying}`)}`);
    const timer = this.moving ? setInterval(show, 100) : undefined;
    try {
      const result = await work((line) => { saying = line.replace(/\s+/g, ' ').trim(); });
      this.finish(`${colors.green('✔')} ${title}: ${typeof result === 'string' ? result : result.outcome} ${colors.dim(`(${seconds()})`)}`);
      return result;
    } catch (error) {
      this.finish(`${colors.red('✘')} ${title} ${colors.dim(`(${seconds()})`)}`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  private replace(line: string): void {
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    process.stdout.write([...line].slice(0, (process.stdout.columns ?? 80) + 20).join('')); // 20: colours take no room
  }

  private finish(line: string): void {
    if (this.moving) this.replace('');
    console.log(line);
  }
}
