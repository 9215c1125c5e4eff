# Vendors: the companies and platforms that serve models.

vendor-add = Add vendor
vendor-new = New vendor
vendor-actions = Vendor actions
vendor-delete = Delete vendor
vendor-delete-title = Delete { $name }?
vendor-delete-text = { $count ->
    [one] Its contract goes with it, with terms, prices and deadlines
   *[other] Its { $count } contracts go with it, with terms, prices and deadlines
}: { $contracts }. Usage and what it cost stay. It can be undone.
vendor-deleted = { $name } deleted
vendor-status-candidate = Candidate
vendor-status-approved = Approved
vendor-status-incumbent = Incumbent
vendor-status-exiting = Exiting
vendor-no-contracts = No contract with this vendor yet.
vendor-no-usage = No usage from this vendor this quarter.
vendors-empty-title = No vendors yet
vendors-empty-text = A vendor holds its contracts, contacts, risk tier and the names under which usage files call it.
risk-tier = Risk tier
risk-low = Low
risk-medium = Medium
risk-high = High
provider-keys = Names in usage files
provider-keys-hint = Separated by commas, such as azure, azure_openai. Usage under any of these names belongs to this vendor.
contacts = Contacts
contacts-none = No contacts yet.
contact-add = Add contact
contact-remove = Remove contact
contact-name = Name
contact-role = Role
contact-email = Email
spend-this-quarter = Spend this quarter
next-deadline = Next deadline

term-vendor-status = Candidate: being looked at. Approved: may be used. Incumbent: carries production traffic. Exiting: being replaced.
term-risk-tier = Your own judgement of how much would go wrong if this vendor failed.
term-provider-keys = The vendor column of a usage file is matched against these names.

endpoint = Endpoint
endpoint-hint = Base address of its interface, https only; http for this machine
protocol = Protocol
protocol-openai-compatible = OpenAI-compatible
protocol-anthropic = Anthropic
protocol-google = Google
protocol-azure-openai = Azure OpenAI
protocol-other = Other
term-protocol = What the endpoint speaks: how the key is sent and how its models are listed. Most gateways speak OpenAI’s.
endpoint-usual-openai-compatible = https://api.openai.com/v1
endpoint-usual-anthropic = https://api.anthropic.com/v1
endpoint-usual-google = https://generativelanguage.googleapis.com/v1beta
endpoint-usual-azure-openai = https://RESOURCE.openai.azure.com/openai/v1
endpoint-usual-other = https://host/path
endpoint-unlisted = Models of this protocol cannot be listed.
endpoint-title = Key and models
endpoint-note = The key is kept in this computer’s keychain only: not in the workspace, not in a backup, not in an export.
endpoint-check = List models
endpoint-models = { $count ->
    [0] The endpoint offers no model to this key.
    [one] The endpoint offers one model.
   *[other] The endpoint offers { $count } models.
}
endpoint-unpriced = no price
api-key = API key
key-save = Keep in keychain
key-forget = Forget key
key-stored = Key stored
key-other-origin = kept for another address
key-not-stored = No key stored
key-no-keychain = No keychain running
key-no-keychain-remedy = Keys cannot be kept here: no keychain is running. Install and start GNOME Keyring or KWallet, log in again and restart Quarterdeck. Everything but keys works without one.
vendor-open = Open its page
vendor-risk-note = · Risk { $tier }
vendor-models-prices = Models and prices
vendor-against-list = Against list
vendor-no-price = No price
vendor-contract-documents = Of its contracts
