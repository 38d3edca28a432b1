// Reads edits from the words of the command line.
import { EcsTaskError } from '../../ground/errors.ts'
import { parseImage } from '../image.ts'
import { unsetInImage } from '../unset.ts'
import { type Edits, type ImageEdit, type LogEdit, shownWord, type VariableEdit } from './edits.ts'

/** Changes of a task definition, written like the options of `ecs-task service update`. */
export interface EditWords {
  /** `IMAGE` for every container of the same repository, or `CONTAINER=IMAGE`. */
  readonly image?: readonly string[] | undefined
  /** `CONTAINER=NAME=VALUE`; an empty value unsets. */
  readonly env?: readonly string[] | undefined
  /** `CONTAINER=NAME=ARN`; an empty ARN unsets. */
  readonly secret?: readonly string[] | undefined
  /** `CONTAINER=DRIVER=OPTION=VALUE`; an empty value unsets. */
  readonly logOption?: readonly string[] | undefined
  /** `CONTAINER=DRIVER=OPTION=ARN`; an empty ARN unsets. */
  readonly logSecret?: readonly string[] | undefined
  /** The ARN of a role, or `none` for no role. */
  readonly taskRole?: string | undefined
  /** The cpu of the whole task: CPU units or vCPU. */
  readonly cpu?: string | undefined
  /** The memory of the whole task: MiB or GB. */
  readonly memory?: string | undefined
}

/** Reads what is to change. Throws `BadArguments` with every word that cannot be read and the form that it should have. */
export function parseEdits(words: EditWords): Edits {
  const problems: string[] = []

  function each<Edit>(
    option: string,
    given: readonly string[] = [],
    parse: (word: string) => Edit | undefined,
  ): Edit[] {
    return given.flatMap((word) => {
      const edit = parse(word)
      if (edit === undefined) problems.push(`${option} ${shownWord(word)}: ${whyNot(option, word)}`)
      return edit === undefined ? [] : [edit]
    })
  }

  function one(
    option: string,
    word: string | undefined,
    parse: (word: string) => string | undefined,
  ): string | undefined {
    return word === undefined ? undefined : each(option, [word], parse)[0]
  }

  const edits = {
    images: each('--image', words.image, imageEdit),
    environment: each('--env', words.env, variableEdit),
    secrets: each('--secret', words.secret, variableEdit),
    logOptions: each('--log-option', words.logOption, logEdit),
    logSecrets: each('--log-secret', words.logSecret, logEdit),
    taskRole: one('--task-role', words.taskRole, taskRole),
    cpu: one('--cpu', words.cpu, matching(/^([1-9]\d*|(\d+|\d*\.\d+)\s*vcpu)$/i)),
    memory: one('--memory', words.memory, matching(/^([1-9]\d*|(\d+|\d*\.\d+)\s*gb)$/i)),
  }
  if (problems.length === 0) return edits
  throw new EcsTaskError('BadArguments', 'It is not clear what to change.', { problems })
}

function whyNot(option: string, word: string): string {
  const unset = option === '--image' ? unsetInImage(word) : undefined
  if (unset !== undefined) return `has ${unset} in it, which an unset variable leaves behind`
  // Tools for one container take NAME=VALUE.
  const [, name] = /^--(?:env|secret) ([^=\s]+)=[^=]*$/.exec(`${option} ${word}`) ?? []
  const meant = name === undefined ? '' : `; if ${name} is a variable, put its container first: CONTAINER=${name}=…`
  return `must be ${forms[option]}${meant}`
}

/** What may surprise in words that can be understood: an image that names no tag is the one that is called latest. */
export function notesOf({ image = [] }: EditWords): string[] {
  return image
    .filter((word) => !/[:@]/.test(word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('=')) + 1)))
    .map((word) => `--image ${shownWord(word)} names no tag; deploying latest`)
}

/** No `=` can be in the name of a container, of a variable, of a log driver or of its option: all the rest is the value. */
const forms: Readonly<Record<string, string>> = {
  '--image': 'IMAGE or CONTAINER=IMAGE, as in repo/img:v2 or app=repo/img:v2',
  '--env': 'CONTAINER=NAME=VALUE, as in app=LEVEL=debug (or app=LEVEL= to unset it)',
  '--secret':
    'CONTAINER=NAME=ARN, as in app=KEY=arn:aws:ssm:eu-west-1:123456789012:parameter/key (or app=KEY= to unset it)',
  '--log-option':
    'CONTAINER=DRIVER=OPTION=VALUE, as in app=awslogs=awslogs-group=/app (or app=awslogs=awslogs-group= to unset it)',
  '--log-secret':
    'CONTAINER=DRIVER=OPTION=ARN, as in app=splunk=splunk-token=arn:aws:ssm:eu-west-1:123456789012:parameter/token ' +
    '(or app=splunk=splunk-token= to unset it)',
  '--task-role': 'the ARN of a role, as in arn:aws:iam::123456789012:role/web, or none',
  '--cpu': 'CPU units or vCPU, as in 512 or ".5 vCPU"',
  '--memory': 'MiB or GB, as in 1024 or "1 GB"',
}

function imageEdit(word: string): ImageEdit | undefined {
  const [, container, reference = ''] = /^(?:([^=]+)=)?(.*)$/.exec(word) ?? []
  const image = unsetInImage(reference) === undefined ? parseImage(reference) : undefined
  return image && { container, image }
}

function variableEdit(word: string): VariableEdit | undefined {
  const [, container, name, value] = /^([^=]+)=([^=]+)=(.*)$/s.exec(word) ?? []
  return container && name && value !== undefined ? { container, name, value } : undefined
}

function logEdit(word: string): LogEdit | undefined {
  const [, container, logDriver, rest] = /^([^=]+)=([^=]+)=(.*)$/s.exec(word) ?? []
  const edit = container && logDriver && rest !== undefined ? variableEdit(`${container}=${rest}`) : undefined
  return edit && logDriver ? { ...edit, logDriver } : undefined
}

function taskRole(word: string): string | undefined {
  if (word.toLowerCase() === 'none') return 'none'
  return /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(word) ? word : undefined
}

function matching(form: RegExp): (word: string) => string | undefined {
  return (word) => (form.test(word) ? word : undefined)
}
