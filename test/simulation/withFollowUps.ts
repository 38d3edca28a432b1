import type { Drawn } from './drawn.ts'
import type { Random } from './random.ts'
import type { Act } from './scenario.ts'
import { without } from './drawn.ts'

/** Now and then somebody waits for what a command has left going on, or continues or rejects what is paused. */
export function withFollowUps(chance: Random, drawn: Drawn): Drawn {
  const [first] = drawn.acts
  if (!first || first.dryRun) return drawn
  const { services } = drawn.before
  const hasHooks = services.some(({ strategy }) => strategy?.['lifecycleHooks'] !== undefined)
  if (!chance.chance(hasHooks ? 0.7 : 0.12)) return drawn
  const next = (more: Partial<Act>): Act => ({
    ...without(first, 'tag', 'to', 'kill', 'interrupt', 'until'),
    command: 'wait',
    wait: true,
    after: chance.pick([0, 5_000, 90_000, 400_000]),
    ...(chance.chance(0.1) && { interrupt: { event: chance.integer(1, 60), signal: 'SIGINT' as const } }),
    ...more,
  })
  const tag = first.command === 'deploy' &&
    chance.chance(0.8) && { tag: hasHooks ? 'v1' : chance.pick(['no-pull', 'v1']) }
  const left: Act = { ...first, ...tag, ...(chance.chance(0.5) && { wait: false }) }
  if (!hasHooks) return { ...drawn, acts: [left, next({ beside: left.wait })] }
  const paused = left.wait ? { ...left, until: 'paused' } : left
  const answer = next({ command: 'continue', reject: chance.chance(0.4), wait: !chance.chance(0.15) })
  const ends = [[answer], [answer], [answer, next({})], [answer, answer], [next({})], [next({ command: 'rollback' })]]
  return { ...drawn, acts: [paused, ...chance.pick(ends)] }
}
