import { expect, test } from 'vitest'
import { elapsed, placeText } from '../../src/output/phrases.ts'

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [40, '0 s'],
  [400, '0.4 s'],
  [4_000, '4 s'],
  [9_960, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min 0 s'],
  [72_000, '1 min 12 s'],
  [3_599_600, '1 h 0 min'],
  [7_500_000, '2 h 5 min'],
])('%i milliseconds are %s', (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text)
})

test.each([
  [{}, ''],
  [{ local: true, region: 'eu-west-1', endpoint: 'http://127.0.0.1:4570' }, 'local AWS, eu-west-1'],
  [{ region: 'eu-west-1', endpoint: 'http://[::1]:4570' }, 'local AWS at [::1]:4570, eu-west-1'],
  [{ account: '123456789012', endpoint: 'https://aws.test/eu' }, 'endpoint aws.test, account 123456789012'],
  [{ account: '123456789012', region: 'eu-west-1', profile: 'shop' }, 'account 123456789012, eu-west-1, profile shop'],
  [{ endpoint: 'of a spoilt log' }, 'endpoint of a spoilt log'],
])('calls to %o go to %j', (place, text) => {
  expect(placeText(place)).toBe(text)
})
