"""caseapp: requests for government information (依申请公开), from filing to the numbered letter."""
