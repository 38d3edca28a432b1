import type { Act } from './scenario.ts'

/** Whether a run waits until the deployments have completed, or for more. */
export const follows = ({ wait, until }: Act): boolean =>
  wait && (until === undefined || until === 'deployed' || until === 'stable')
