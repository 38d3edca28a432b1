// What can be changed in a task definition, and what each change is called in a sentence.
import type { Image } from '../image.ts'
import { isSecret } from '../secrets/looksSecret.ts'
import { hidden } from '../secrets/cuts.ts'
import { redactText } from '../secrets/secretsInText.ts'

/** What to change in a task definition, each list in the order in which it was asked for. */
export interface Edits {
  readonly images: readonly ImageEdit[]
  readonly environment: readonly VariableEdit[]
  readonly secrets: readonly VariableEdit[]
  readonly logOptions: readonly LogEdit[]
  readonly logSecrets: readonly LogEdit[]
  /** The ARN of a role, or `none` for no role. Left as it is when undefined. */
  readonly taskRole: string | undefined
  /** Of the whole task, as in `512` or `.5 vCPU`. Left as it is when undefined. */
  readonly cpu: string | undefined
  /** Of the whole task, as in `1024` or `1 GB`. Left as it is when undefined. */
  readonly memory: string | undefined
}

/** An image for one container, or for each that has an image of the same repository when no container is named. */
export interface ImageEdit {
  readonly container: string | undefined
  readonly image: Image
}

/** An environment variable or a secret of a container. */
export interface VariableEdit {
  readonly container: string
  readonly name: string
  /** The value, or where a secret's value comes from; empty to unset. */
  readonly value: string
}

/** An option of a container's log driver, or a secret that is one. */
export interface LogEdit extends VariableEdit {
  readonly logDriver: string
}

/** What an edit is called in a sentence: the word that asked for it, without its value, which may be secret. */
export function wordOf(option: EditOption, edit: VariableEdit | LogEdit): string {
  const driver = 'logDriver' in edit ? [edit.logDriver] : []
  return `${option} ${[edit.container, ...driver, edit.name].join('=')}`
}

/** The option that asks for each list of edits. */
export type EditOption = '--image' | '--env' | '--secret' | '--log-option' | '--log-secret'

/**
 * A word of the command line that is not what it should be, as it can be shown: in quotes where they help, and without what
 * follows a name that looks secret, since the word may be a variable whose container was left out.
 */
export function shownWord(word: string): string {
  const parts = word.split('=')
  const secret = parts.slice(0, -1).findIndex((name, index) => isSecret(name, parts.slice(index + 1).join('=')))
  const open = secret < 0 ? redactText(word) : `${parts.slice(0, secret + 1).join('=')}=${hidden}`
  return /^\S+$/.test(open) ? open : JSON.stringify(open)
}
