// Removes secrets from a text where its form gives them away.
import { looksSecret } from './looksSecret.ts'

/** What stands where a secret stood. */
export const hidden = '•••'

/** The password in a URL, and one among its parameters. */
const passwordInUrl = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*:)([^\s/?#"'\\]+)(?=@)/gi
const passwordParameter = /([?&;](?:password|passwd|pwd|secret|token|access_token|api_key|apikey)=)([^\s&;#"'\\]+)/gi

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

/** `{"name": "…", "value": "…"}`, in either order, in text that is not JSON as a whole, as EventBridge's input templates. */
const nameFirst = /("name"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,\s*"value"\s*:\s*")((?:[^"\\]|\\.)*)/gi
const valueFirst = /("value"\s*:\s*")((?:[^"\\]|\\.)*)(?="\s*,\s*"name"\s*:\s*"((?:[^"\\]|\\.)*)")/gi

/** What every one of these needs; most texts have none of it and need not be searched five times. */
const mayHold = /["=]|:\/\/|-----BEGIN/

/** `$PASSWORD`: where a password will be, not one. */
const variable = /^\$(\w+|\{\w+\})$/

/** The text without the secrets that can be told by where they stand in it; each is told to `found`. */
export function redactText(text: string, found: (secret: string) => void): string {
  if (!mayHold.test(text)) return text
  if (privateKey.test(text)) {
    found(text)
    return hidden
  }
  const hide = (before: string, secret: string): string => {
    if (!variable.test(secret)) found(secret)
    return before + hidden
  }
  const pair = (whole: string, name: string, before: string, value: string): string =>
    looksSecret(unescaped(name)) ? hide(before, unescaped(value)) : whole
  return text
    .replace(nameFirst, (whole, before: string, name: string, value: string) => pair(whole, name, before, value))
    .replace(valueFirst, (whole, before: string, value: string, name: string) => pair(whole, name, before, value))
    .replace(passwordInUrl, (_, before: string, password: string) => hide(before, password))
    .replace(passwordParameter, (_, before: string, password: string) => hide(before, password))
}

/** What a string of JSON stands for; where it is none after all, as it is. */
function unescaped(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text}"`)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}
