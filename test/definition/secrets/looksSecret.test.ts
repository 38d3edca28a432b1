import { expect, test } from 'vitest'
import { looksSecret } from '../../../src/definition/secrets/looksSecret.ts'

const secret = `
  PASSWORD DB_PASSWORD PGPASSWORD MYSQL_PWD DB_PASS dbPassword passwd SSH_PASSPHRASE SECRET SECRET_KEY_BASE MYAPISECRET
  TOKEN GITHUB_TOKEN tokens API_KEY apiKey APIKEY STRIPE-API-KEY PRIVATE_KEY privateKey ENCRYPTION_KEY RSA.KEY KEY
  AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY CREDENTIALS GOOGLE_CREDENTIAL AUTH BASIC_AUTH AUTHORIZATION SENTRY_DSN JWT
  CONNECTION_STRING DbConnectionString SIGNATURE PASSWORD_SALT SLACK_WEBHOOK_URL splunk-token HTTP_Passwd`

const open = `
  PATH PWD OLDPWD AUTHOR AUTHORS_URL PASSENGER_COUNT KEYBOARD MONKEY TOKENIZER SALTO COMPASS NODE_ENV PUBLIC_KEY CACHE_KEY
  SECRET_ARN PASSWORD_FILE TOKEN_TTL PASSWORD_MIN_LENGTH TOKEN_ISSUER AUTH_URL SECRET_NAME API_KEY_HEADER DB_HOST
  DATABASE_URL`

test.each(secret.trim().split(/\s+/))('%s looks secret', (name) => {
  expect(looksSecret(name)).toBe(true)
})

test.each(open.trim().split(/\s+/))('%s does not look secret', (name) => {
  expect(looksSecret(name)).toBe(false)
})

test('an empty name does not look secret', () => {
  expect(looksSecret('')).toBe(false)
})
