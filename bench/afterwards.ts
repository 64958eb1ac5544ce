/** Does work and cleans up after it, whatever came of it. An error of the work is not hidden by one that follows from it. */
export async function afterwards<T>(
  work: () => Promise<T>,
  cleanUp: () => Promise<unknown>,
): Promise<T> {
  const done = await work().catch(async (error) => {
    await cleanUp().catch(() => {});
    throw error;
  });
  await cleanUp();
  return done;
}
