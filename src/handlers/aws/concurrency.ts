/** Does the work for every item, some at a time, and keeps their order. After the first failure nothing new begins. */
export async function concurrently<T, R>(items: T[], atATime: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const mine = next++;
      try {
        results[mine] = await work(items[mine]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
  return results;
}
