// What AWS asks of a caller's policies before an operation does anything.
import type { Context } from './operation.ts'
import type { Unchecked, Wire } from './wire.ts'

/** One question: may the caller do this with that? */
export interface Needed {
  /** The operation's own action unless another is said: `iam:PassRole`. */
  readonly action?: string
  readonly resource: string
  /** Context keys that conditions may look at; an absent one is undefined. */
  readonly context?: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** What the policies are asked about a call. Written as a method, so that a table can hold those of every input. */
export type Authorization<Input> = {
  needed(input: Wire<Input>, context: Context): readonly Needed[]
}['needed']

/** What is asked about each operation of a service; of those that are not in it, whether it may be called on `*`. */
export type Authorizations = Readonly<
  Record<string, { needed(input: Unchecked, context: Context): readonly Needed[] }['needed']>
>

/** The same question about several resources. */
export const onEach = (resources: readonly string[], context: Needed['context'] = {}): Needed[] =>
  resources.map((resource) => ({ resource, context }))

/** Whether a role may be handed to a service; a role is named by its ARN or its name, and none is asked about. */
export function passing(
  roles: readonly (string | undefined)[],
  service: string,
  { region }: Pick<Context, 'region'>,
): Needed[] {
  const named = new Set(roles.flatMap((role) => role || []))
  return [...named].map((role) => ({
    action: 'iam:PassRole',
    resource: role.startsWith('arn:') ? role : `arn:aws:iam::${region.account}:role/${role}`,
    context: { 'iam:PassedToService': service },
  }))
}

/** The context keys of tags that a request carries. */
export function tagKeys(
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] = [],
): NonNullable<Needed['context']> {
  return {
    ...Object.fromEntries(tags.map(({ key = '', value = '' }) => [`aws:RequestTag/${key}`, value])),
    'aws:TagKeys': tags.map(({ key = '' }) => key),
  }
}
