/**
 * The commands that a person is told to type. All of them are made here, so that what hides secrets can tell the words of
 * a command from what they are about. In a text a command stands last: alone, or after a colon.
 */

/** The commands of this program that are told of. */
type OwnCommand = (typeof ownCommands)[number]

const ownCommands = [
  'deploy',
  'wait',
  'status',
  'rollback',
  'continue',
  'local',
  'service update',
  'instances refresh',
  'instances status',
] as const

/** What follows an option: nothing, a word, or several. */
type Option = true | string | number | readonly string[]

/** A command of the AWS CLI: `aws ecs stop-task --cluster shop --task 1234`. `call` is its service and its name. */
export function awsCommand(
  call: `${(typeof awsServices)[number]} ${string}`,
  options: Readonly<Record<string, Option | undefined>>,
): string {
  return ['aws', call, ...optionsOf(options)].join(' ')
}

const awsServices = [
  'autoscaling',
  'configure',
  'ec2',
  'ecr',
  'ecs',
  'elbv2',
  'events',
  'iam',
  'logs',
  'route53',
  'secretsmanager',
  'servicediscovery',
  'sns',
  'ssm',
  'sts',
] as const

/**
 * A command of ours: `tsx web.ts continue --reject`; an option of several words is repeated. `program` is what a person
 * types for the program itself, `word` what the command is about: `tsx web.ts deploy v1 --only Web`.
 */
export function ownCommand(
  program: string,
  command: OwnCommand,
  options: Readonly<Record<string, Option | undefined>> = {},
  word?: string,
): string {
  const each = Object.entries(options).map(([name, value]) =>
    Array.isArray(value) ? value.map((one) => optionsOf({ [name]: String(one) })) : optionsOf({ [name]: value }),
  )
  return [program, command, ...(word === undefined ? [] : [quoted(word)]), ...each.flat(2)].join(' ')
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w.,/:=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", escapedQuote)}'`
}

const escapedQuote = String.raw`'\''`

function optionsOf(options: Readonly<Record<string, Option | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (value === true) return `--${name}`
    return [`--${name}`, ...[value].flat().map((word) => quoted(String(word)))]
  })
}

/**
 * Where in texts a command stands. Answers with what takes a text apart: into what comes before the command, the command,
 * and the values in it, which are all but its own words and the names of its options; those in quotes without them.
 * Undefined where a text does not end with a command. `program` is what a person types for the program itself.
 */
export function commandFinder(program = 'ecs-task'): (text: string) => FoundCommand | undefined {
  const programs = [...new Set([program, 'ecs-task'])].map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const aws = `aws (?:${awsServices.join('|')}) [a-z][a-z-]+(?= |$)`
  const begins = new RegExp(
    `(?:^|: )(${aws}|(?:${programs.join('|')}) (?:deploy(?= )|(?:${ownCommands.join('|')})(?= --|$)))`,
  )
  const own = new RegExp(`${aws}| --[a-z-]+(?= |$)`, 'g')
  return (text) => {
    const found = begins.exec(text)
    if (!found) return undefined
    const [beginning, head = ''] = found
    const at = found.index + beginning.length
    const rest = text.slice(at)
    const words = rest.match(inQuotes) ?? []
    return {
      before: text.slice(0, at - head.length),
      command: `${head}${rest}`,
      values: [
        ...rest.replaceAll(inQuotes, ' ').replaceAll(own, ' ').split(' '),
        ...words.map((word) => word.slice(1, -1).replaceAll(escapedQuote, "'")),
      ],
    }
  }
}

interface FoundCommand {
  readonly before: string
  readonly command: string
  readonly values: readonly string[]
}

/** A word in single quotes, those in it escaped. */
const inQuotes = /'(?:[^']|'\\'')*'/g
