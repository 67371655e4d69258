/** What stands behind the last "@". */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
