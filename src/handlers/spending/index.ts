import { Answer, meter } from './meter';

/** Called by EventBridge, every few minutes. */
export async function handler(): Promise<Answer> {
  const answer = await meter(Date.now());
  console.log(`Spending is metered: ${JSON.stringify(answer)}`); // an alarm tells when this is not written
  return answer;
}
