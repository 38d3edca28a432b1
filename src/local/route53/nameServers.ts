/** Private hosted zones have name servers that nobody can ask. */
export const privateNameServers = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
]

const domains = ['co.uk', 'com', 'org', 'net']

/** The four name servers of a public hosted zone, one in each of four top-level domains. `digits` are 16 of them. */
export const publicNameServers = (digits: string): string[] =>
  domains.map((domain, index) => {
    const [server, group] = [digits.slice(index * 4, index * 4 + 2), digits.slice(index * 4 + 2, index * 4 + 4)]
    return `ns-${index * 512 + Number(server)}.awsdns-${group}.${domain}`
  })
