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
  'lock status',
  'lock release',
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
  'application-autoscaling',
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
  's3',
  'secretsmanager',
  'scheduler',
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

/** The value of `--only` for some of all classes of a program; undefined where there are no others: then it is not needed. */
export function onlyOf(names: readonly string[], all: readonly string[]): string | undefined {
  return all.every((one) => names.includes(one)) ? undefined : names.join(',')
}

/** The options with which a command reaches the AWS that was asked: one of ours, and one of the AWS CLI. */
export interface SameAws {
  readonly own: string
  readonly aws: string
}

/**
 * What a person has to repeat who has given these options. A local AWS ends with its command: the AWS CLI is sent to the port at
 * which `ecs-task local` listens, and never to Amazon's.
 */
export function sameAws(of: {
  readonly region: string | undefined
  readonly profile: string | undefined
  readonly local: boolean
}): SameAws {
  const { region, profile, local } = of
  const own = optionsOf({ region, profile, local: local || undefined })
  const aws = optionsOf({ region, profile, 'endpoint-url': local ? localUrl : undefined })
  return { own: own.join(' '), aws: aws.join(' ') }
}

const localUrl = 'http://127.0.0.1:4570'

/** A command that reaches the same AWS, in all that it is put together of. */
export function reaching({ own, aws }: SameAws, { command, isOfAws }: FoundCommand): string {
  if (isOfAws) return aws === '' ? command : command.replaceAll(awsCalls, (call) => `${call} ${aws}`)
  // It is a local AWS itself.
  if (/ local( |$)/.test(command)) return command
  // What somebody has typed once, as the words of a saved plan, says some of it already.
  const missing = (own.match(eachOption) ?? []).filter((option) => !isIn(command, option.split(' ')[0] ?? ''))
  return [command, ...missing].join(' ')
}

function isIn(command: string, option: string): boolean {
  return command.split(' ').some((word) => word === option || word.startsWith(`${option}=`))
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
 * Undefined where a text does not end with a command, or with how one is written: `deploy <TAG>`. `program` is what a person types for the program itself.
 */
export function commandFinder(program = 'ecs-task'): (text: string) => FoundCommand | undefined {
  const programs = [...new Set([program, 'ecs-task'])].map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const aws = awsCalls.source
  const begins = new RegExp(
    `(?:^|: )(${aws}|(?:${programs.join('|')}) (?:deploy(?= [^<])|(?:${ownCommands.join('|')})(?= --|$)))`,
  )
  const own = new RegExp(`${aws}| --[a-z-]+(?= |$)`, 'g')
  return (text) => {
    const found = begins.exec(text)
    if (!found) return undefined
    const [beginning, head = ''] = found
    const at = found.index + beginning.length
    const isOfAws = head.startsWith('aws ')
    const rest = text.slice(at)
    const words = rest.match(inQuotes) ?? []
    return {
      before: text.slice(0, at - head.length),
      command: `${head}${rest}`,
      isOfAws,
      values: [
        ...rest.replaceAll(inQuotes, ' ').replaceAll(own, ' ').split(' '),
        ...words.map((word) => word.slice(1, -1).replaceAll(escapedQuote, "'")),
      ],
    }
  }
}

/**
 * Where the command begins with which a text ends, whatever a person types for the program; undefined where it ends with none.
 * What hides secrets knows the program, and goes by `commandFinder`.
 */
export function commandStart(text: string): number | undefined {
  const found = endsWithCommand.exec(text)
  return found ? found.index + (found[0].startsWith(': ') ? 2 : 0) : undefined
}

const awsCalls = new RegExp(`aws (?:${awsServices.join('|')}) [a-z][a-z-]+(?= |$)`, 'g')

export interface FoundCommand {
  readonly before: string
  readonly command: string
  /** Whether it is one of the AWS CLI. */
  readonly isOfAws: boolean
  readonly values: readonly string[]
}

/** A word as a shell takes it, in quotes or without; one before a colon is of a sentence. */
const word = String.raw`(?:'(?:[^']|'\\'')*'|[^\s'<]*[^\s'<:])`

/** One of the AWS CLI, or what runs the file of a class, or this program with its files, and then one of our commands. */
const endsWithCommand = new RegExp(
  `(?:^|: )(?:${awsCalls.source}|(?:ecs-task|tsx|node)(?: ${word})*? (?:deploy ${word}|${ownCommands.join('|')})(?= --|$))`,
)

/** A word in single quotes, those in it escaped. */
const inQuotes = /'(?:[^']|'\\'')*'/g

/** An option with its value. */
const eachOption = /--[a-z-]+(?: (?!--)(?:'(?:[^']|'\\'')*'|[^\s'])+)?/g
