// Saves the plan of a run for somebody to approve, or holds a run to the plan that was.
import { abortController } from '../../ground/abortController.ts'
import { comparableWith, fingerprintOf, movedBetween } from '../../engine/fingerprint.ts'
import type { Plan } from '../../engine/plan.ts'
import { isShownBy } from '../../engine/shownPlan.ts'
import type { Settings } from '../../engine/settings.ts'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type PlannedPlace, type SavedPlan, writePlan } from './savedPlan.ts'
import type { BaseCommand, Context, SayingCommand } from './command.ts'
import { packageRunner } from './packageRunner.ts'
import type { Session } from './session.ts'
import { typedSecrets } from './withoutSecrets.ts'

/** How long it is waited for AWS to name the account, in milliseconds. */
const patience = 10_000

/** The part that approval has in a run: what its plan is held to, and where it is saved. */
export interface Approval {
  readonly settings: Pick<Settings, 'approval'>
  /** Saves what a dry run shows. */
  readonly save: (plan: Plan) => void
}

/**
 * Undefined where nothing is saved and nothing was approved. Throws `BadArguments` where the plan could not be saved without a
 * secret, and where AWS is another one than that of the approved plan.
 */
export async function approvalOf(
  command: BaseCommand,
  session: Session,
  planOut: string | undefined,
): Promise<Approval | undefined> {
  const { context } = command
  const { approved } = context
  if (!approved && planOut === undefined) return undefined
  const place = await placeOf(session)
  if (approved) {
    requireSame(approved, changesIn(approved.place, place))
    return { settings: { approval: heldTo(approved, session) }, save: () => {} }
  }
  const file = planOut ?? ''
  const words = wordsOf(context)
  let known: Pick<SavedPlan, 'place' | 'fingerprint'> | undefined
  return {
    settings: {
      approval: async (planned) => {
        known = { place: { account: await accountOf(session), ...place }, fingerprint: fingerprintOf(planned) }
      },
    },
    save(plan) {
      if (!known) return
      const digest = writePlan(file, { version: versionOf(command), words, ...known, plan })
      const apply = `${packageRunner('.', context.env)} ecs-task apply ${quoted(file)}`
      const out = command.json ? context.stderr : context.stdout
      out.write(`Saved the plan to ${quoted(file)}. Apply it with: ${apply} --digest ${digest}\n`)
    },
  }
}

/** The version of this program, without that of Node. */
export function versionOf({ cli }: SayingCommand): string {
  return cli.binaryVersion?.split(' ')[0] ?? ''
}

/** What `ecs-task` has to be told to do the same; a file that runs itself is one that it opens. */
function wordsOf({ argv, file }: Context): readonly string[] {
  if (typedSecrets(argv).length > 0) {
    throw new EcsTaskError('BadArguments', 'A saved plan holds no secrets, and the command line has one.', {
      fix: 'Put it in Secrets Manager and pass --secret, or run it without --plan-out.',
    })
  }
  return file === undefined ? argv : [...argv, file]
}

function heldTo(approved: SavedPlan, session: Session): NonNullable<Settings['approval']> {
  const { place, fingerprint, plan } = approved
  return async (planned) => {
    const account = await accountOf(session)
    const moved = [...changesIn(place, { account }), ...movedBetween(fingerprint, comparableWith(fingerprint, planned))]
    requireSame(approved, moved)
    if (isShownBy(plan, planned)) return
    throw new EcsTaskError('BadArguments', 'The plan shows something else than it would do.', {
      why: 'Somebody has changed its file.',
      fix: remade(approved),
    })
  }
}

function requireSame(approved: SavedPlan, problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new EcsTaskError('BadArguments', 'The plan no longer holds: what it was made from has changed.', {
    problems,
    fix: remade(approved),
  })
}

function remade({ words }: SavedPlan): string {
  return `Make a new one: ecs-task ${words.map(quoted).join(' ')}`
}

function changesIn(then: PlannedPlace, now: Partial<PlannedPlace>): string[] {
  return (Object.keys(now) as (keyof PlannedPlace)[]).flatMap((name) =>
    now[name] === then[name] ? [] : `${name}: ${String(then[name] ?? 'unknown')} → ${String(now[name] ?? 'unknown')}`,
  )
}

async function placeOf({ transport, region, local }: Session): Promise<Omit<PlannedPlace, 'account'>> {
  if (local) return { region: region ?? null, endpoint: null, local: true }
  const destination = await transport.destination()
  return { region: destination.region ?? null, endpoint: destination.endpoint ?? null, local: false }
}

/** The account, once AWS has named it. */
async function accountOf({ clock, place, placed }: Session): Promise<string | null> {
  const over = abortController()
  await Promise.race([placed, clock.sleep(patience, over.signal).catch(() => {})])
  over.abort()
  return (await place())?.account ?? null
}
