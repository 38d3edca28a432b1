// Tells by a variable's name, and by its value where the name does not settle it, whether the value is a secret.
import { isPlaceholder, isSwitch, looksRandom } from './ordinary.ts'

/** Words that make a name look secret wherever they stand in it. */
const secretWords =
  /(^| )(pw|pwd|pass|passcode|tokens?|jwt|bearer|creds?|authorization|dsn|signature|sig|salt|pepper|otp|totp|seed|mnemonic|pin|cookies?|access key|shared access|sas|conn(ection)? ?str(ing)?)( |$)/

/** `auth` ends a name that is one, in others it is what they are about: `BASIC_AUTH`, `auth.address`. */
const auth = /(^| )auth( (data|header|info|config))?$/

/** The same as parts of words that are written together, as in `PGPASSWORD`, `dbpasswd` and `MYAPISECRET`. */
const secretParts =
  /password|passwd|passphrase|secret|credential|apikey|accesskey|privatekey|accesstoken|authtoken|connectionstring/

/** And as the end of a word: `DBPASS`, `MYPWD`, `NPMTOKEN`; but not of `COMPASS`. */
const secretEnds = /[a-z](pass|pw|pwd|passw|pword|tokens?|otp|creds?|dsn|jwt)$/
const ordinaryEnds = /(com|by|tres|over|under|sur|im|multi|single|two|first|second)pass$/

/** Any other key at the end of a name, but for those of tables, caches and the like. */
const key = /(^| )keys?$/
const openKey =
  /(^| )(public|primary|foreign|sort|partition|hash|range|cache|index|routing|object|idempotency|group|dedup(lication)?|sharding|shard|message|trace|translation|row|map|lookup) ?keys?$/

/** A key written together with what it opens, as in `AUTHKEY` and `MASTERKEY`; but not `MONKEY`. */
const keyEnd =
  /(^| )(?:\w*(?:auth|enc|encrypt|encryption|decrypt|decryption|crypt|crypto|cipher|master|sign|signing|signature|ssh|gpg|pgp|rsa|aes|hmac|jwt|api|app|access|account|admin|client|session|cookie|storage|service|deploy|root|user|server|host|license|licence|shared|vault|kms|data|db|tls|ssl|cert|webhook|stripe|secret|private|pass|my|git|github|gitlab|npm|aws|s3|gcp|azure|x))keys?$/

/** What comes after the name of a secret and leaves it one: `KEY_1`, `API_KEY_PROD`, `SSH_KEY_B64`. */
const behind =
  /( (\d+|v\d+|prod|production|prd|stage|staging|stg|dev|devel|development|test|testing|qa|uat|demo|sandbox|live|local|ci|old|new|current|previous|prev|next|backup|b64|base64|hex|pem|der|json|yaml|raw|plain|plaintext|clear|encoded|encrypted|value|val|string|str|text|data|content|contents|main|default|ro|rw|read|write|readonly|eu|us|de|id))+$/

/** What is said *about* a secret is none: its place, its name, its age. Unless the value says otherwise. */
const aboutSecrets =
  /(^| )(arn|file|files|path|dir|directory|folder|name|names|username|user|ttl|expiry|expires|expiration|expire|lifetime|age|seconds|minutes|hours|days|ms|timeout|interval|length|len|size|count|limit|max|min|enabled|disabled|enable|disable|required|require|allowed|policy|header|headers|prefix|suffix|field|issuer|audience|host|hostname|port|type|kind|mode|method|algorithm|algo|alg|alphabet|format|region|bucket|provider|version|rounds|url|urls|uri|endpoint|domain|realm|scope|scopes|server|service|address|(?<!access )key id|kid|through|thru|strategy|class|driver|source|location|secure|samesite|stdin|prompt|needed|rotation|store|manager|backend|role|group|groups|table|topic|queue|retries|attempts|used|remaining|budget|per \w+|(max|min|num|total|input|output|prompt|completion) tokens?)$/

/** Whoever knows the address of a webhook can use it. */
const webhook = /(^| )webhook/

/** The shell's own variables for the working directory. */
const directories = new Set(['PWD', 'OLDPWD'])

/** What every one of these needs; most names have none of it. */
const mayBe =
  /pass|pw|secret|token|key|cred|auth|dsn|sig|salt|pepper|jwt|bearer|cookie|otp|seed|pin|conn|webhook|sas|mnemonic/i

/** What a name says of its value: that it is secret; that it is about a secret and may still be one; or nothing. */
export type NameKind = 'secret' | 'about' | undefined

/** What the name of a variable, of a log driver's option, of a label or of a member says of its value. */
export function nameKind(name: string): NameKind {
  if (!mayBe.test(name) || directories.has(name)) return undefined
  if (kinds.has(name)) return kinds.get(name)
  const kind = kindOf(name)
  // The same few names come again and again; names without end come from somebody who means harm.
  if (kinds.size < 2000) kinds.set(name, kind)
  return kind
}

const kinds = new Map<string, NameKind>()

function kindOf(name: string): NameKind {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()
  if (webhook.test(words)) return 'secret'
  if (namesSecret(words)) return aboutSecrets.test(words) ? 'about' : 'secret'
  const without = words.replace(behind, '')
  if (without === words || !namesSecret(without)) return undefined
  // The id of a key, as KMS has them, is no key; that of an access key is half of one.
  return aboutSecrets.test(without) || words.endsWith(' id') ? 'about' : 'secret'
}

function namesSecret(words: string): boolean {
  if (secretWords.test(words) || secretParts.test(words) || auth.test(words)) return true
  const bare = words.replace(aboutSecrets, '')
  return [words, bare].some(
    (one) =>
      (key.test(one) && !openKey.test(one)) ||
      auth.test(one) ||
      (keyEnd.test(one) && !openKey.test(one)) ||
      one.split(' ').some((word) => secretEnds.test(word) && !ordinaryEnds.test(word)),
  )
}

/**
 * Whether the value of this name is to be kept secret whatever it is: names with password, secret, token, credential, auth, dsn,
 * API or private key, any other `…_KEY`, connection string, signature, salt, webhook and the like, also written together or with an
 * environment, a number or an encoding behind it. `SECRET_ARN`, `TOKEN_TTL`, `PASSWORD_FILE` and `PUBLIC_KEY` are not.
 */
export function looksSecret(name: string): boolean {
  return nameKind(name) === 'secret'
}

/** Whether this value of this name is a secret: of a name that is about one, as `SECRET_VERSION`, what looks made by chance. */
export function isSecret(name: string, value: string): boolean {
  const kind = nameKind(name)
  if (kind === undefined || isSwitch(value) || isPlaceholder(value)) return false
  return kind === 'secret' || looksRandom(value)
}
