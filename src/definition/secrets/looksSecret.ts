// Tells by a variable's name whether its value is a secret.
/** Words that make a name look secret wherever they stand in it. */
const secretWords =
  /(^| )(pwd|pass|passcode|tokens?|jwt|bearer|creds?|auth|authorization|dsn|signature|salt|pepper|access key|shared access|conn(ection)? string)( |$)/

/** The same as parts of words that are written together, as in `PGPASSWORD`, `dbpasswd` and `MYAPISECRET`. */
const secretParts =
  /password|passwd|passphrase|secret|credential|apikey|accesskey|privatekey|accesstoken|authtoken|connectionstring/

/** Any other key at the end of a name, but for those of tables, caches and the like. */
const key = /(^| )keys?$/
const openKey = /(^| )(public|primary|foreign|sort|partition|hash|range|cache|index|routing|object) keys?$/

/** What is said *about* a secret is none: its place, its name, its age. */
const aboutSecrets =
  /(^| )(arn|file|path|dir|name|username|user|ttl|expiry|expires|expiration|lifetime|age|seconds|minutes|hours|days|timeout|length|count|limit|enabled|disabled|required|header|issuer|audience|host|port|type|mode|method|algorithm|region|bucket|provider|version|rounds|url|uri|endpoint|domain)$/

/** Whoever knows the address of a webhook can use it. */
const webhook = /(^| )webhook/

/** The shell's own variables for the working directory. */
const directories = new Set(['PWD', 'OLDPWD'])

/**
 * Whether the value of an environment variable (or of a log driver's option) of this name is to be kept secret: names with
 * password, secret, token, credential, auth, dsn, API or private key, any other `…_KEY`, connection string, signature, salt,
 * webhook and the like. `SECRET_ARN`, `TOKEN_TTL`, `PASSWORD_FILE` and `PUBLIC_KEY` are not: they say where or how long.
 */
export function looksSecret(name: string): boolean {
  if (directories.has(name)) return false
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()
  if (webhook.test(words)) return true
  if (aboutSecrets.test(words)) return false
  return secretWords.test(words) || secretParts.test(words) || (key.test(words) && !openKey.test(words))
}
