// Says on the standard error where calls go, where no run tells it.
import { wantsColor } from '../../output/color.ts'
import { type Line, printedLines } from '../../output/line.ts'
import { type Place, placeLines } from '../../output/phrases.ts'
import type { Context } from './command.ts'

export function tellPlace(
  { stderr, env }: Pick<Context, 'stderr' | 'env'>,
  place: (Place & { readonly warnings?: readonly string[] }) | undefined,
): void {
  if (!place) return
  const warnings = (place.warnings ?? []).map((text): Line => [['yellow', `! ${text}`]])
  stderr.write(printedLines([...placeLines(place), ...warnings], { color: wantsColor(env, stderr) }))
}
