/** Whose drive a report is about, and when it was made. */
import type { Context } from '../context.ts';
import type { ReportFacts } from './report-page.ts';

/** The facts of a report that is made now. */
export async function reportFacts(context: Context): Promise<ReportFacts> {
  const time = context.clock.now();
  if (context.flags.local) return { account: 'Local drive', time };
  const { name, account } = await context.profile();
  return { account: account ?? `Profile ${name}`, time };
}
