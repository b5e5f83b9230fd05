"""Who meets, before anybody says when: whole pairs and trios from halves."""
